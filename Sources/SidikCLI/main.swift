import Sidik

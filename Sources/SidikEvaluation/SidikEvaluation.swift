import SidikCore

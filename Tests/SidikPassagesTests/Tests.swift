import Testing
@testable import SidikPassages

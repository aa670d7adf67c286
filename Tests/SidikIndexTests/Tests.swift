import Testing
@testable import SidikIndex

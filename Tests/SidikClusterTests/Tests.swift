import Testing
@testable import SidikCluster

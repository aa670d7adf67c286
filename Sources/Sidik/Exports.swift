// What a user of the library imports: `import Sidik` brings every public name along.
@_exported public import SidikCluster
@_exported public import SidikCore
@_exported public import SidikEvaluation
@_exported public import SidikFormats
@_exported public import SidikIndex
@_exported public import SidikPassages
@_exported public import SidikReport
@_exported public import SidikStore

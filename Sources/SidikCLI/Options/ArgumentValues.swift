public import ArgumentParser
public import Sidik

// Values of the library that the command line takes by their names.
extension EditSet.Size: ExpressibleByArgument {}
extension ErrorPolicy: ExpressibleByArgument {}
extension Level: ExpressibleByArgument {}
extension ReportLanguage: ExpressibleByArgument {}
extension OffsetUnit: ExpressibleByArgument {}
extension ResultFormat: ExpressibleByArgument {}
extension SketchParameters.Digest: ExpressibleByArgument {}
extension SketchParameters.Scheme: ExpressibleByArgument {}
extension SketchParameters.ShingleHash: ExpressibleByArgument {}
extension TextUnit: ExpressibleByArgument {}

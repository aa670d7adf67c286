import ArgumentParser
import Sidik

/// Tables that people open in a spreadsheet.
struct SpreadsheetArguments: ParsableArguments {
  @Flag(
    help: """
      Tables for spreadsheets: UTF-8 with a byte order mark, and an apostrophe before texts that \
      would run as formulas (those that begin with = + - @).
      """
  )
  var spreadsheet = false

  /// What stands before the header.
  var mark: [UInt8] { spreadsheet ? CSVWriter.byteOrderMark : [] }

  /// A writer of rows.
  func writer(delimiter: UInt8) -> CSVWriter {
    CSVWriter(delimiter: delimiter, guardsFormulas: spreadsheet)
  }
}

# Puts a text between single quotes, as SQL and PHP both read it.
#
# @param text any text
# @return the text with its quotes and backslashes escaped, in single quotes
function lamp::quoted(String $text) >> String {
  $escaped = regsubst($text, "(['\\\\])", '\\\\\1', 'G')
  "'${escaped}'"
}

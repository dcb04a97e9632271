define tested::user(String $file) {
  notify { "used ${file}": }
}

Tested::User consumes Gate { }
Tested::User consumes Page { }

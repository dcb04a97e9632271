type Place = Pattern[/\A\/[a-z]+(\/[^\/\n]+)*\z/, 'a/b']
define back(Place $root) { }
Back produces Http { ip => "${/^\/(x|y)\//} ${[/^\/(x|y)\//]} ${Regexp['p/q']}" }
application farm(String $root) {
  back { 'p': root => $root, export => Http['h'] }
}
site {
  farm { 'good': root => '/srv/www', nodes => { Node['n1'] => Back['p'] } }
}

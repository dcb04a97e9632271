$tiers = loadyaml("${settings::environmentpath}/${settings::environment}/tiers.yaml", { 'web' => [] })
define p() { }
P produces Cap { host => $tiers['web'][0] }
application a() { p { $name: export => Cap[$name] } }
site { $tiers['web'].each |$n| { a { $n: nodes => { Node[$n] => P[$n] } } } }

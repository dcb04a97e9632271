application a { p { 'x': } P <| |> { export => Sql['s'] } c { 'y': consume => Sql['s'] } }
site { a { 'i': nodes => { Node['n1'] => [P['x']], Node['n2'] => C['y'] } } }

import 'x.pp'
site { }

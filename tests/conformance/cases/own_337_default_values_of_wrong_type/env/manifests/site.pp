lookup('nosuch', {value_type => Integer, default_values_hash => {nosuch => 'x'}})

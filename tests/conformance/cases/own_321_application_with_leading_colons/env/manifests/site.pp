site { ::m::app { 'j': nodes => { } } }

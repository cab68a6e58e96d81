package civil

import "math"

// Never is a date that does not come.
const Never = Date(math.MaxInt32)

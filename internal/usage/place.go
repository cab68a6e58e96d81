package usage

// None is no place in a list of services or entities.
const None = int32(-1)

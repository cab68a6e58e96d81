// On pages with filters alone: a changed filter swaps the results in place.
import "htmx.org";

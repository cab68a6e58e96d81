package clickhouse

import (
	"context"
	"errors"
	"fmt"
	"slices"

	driver "github.com/ClickHouse/clickhouse-go/v2"
	"github.com/ClickHouse/clickhouse-go/v2/lib/column"

	"mirsad/internal/programme"
)

// permanentCodes are the server's errors that the same data meets again, whatever one waits for.
var permanentCodes = []int32{
	6,   // CANNOT_PARSE_TEXT
	27,  // CANNOT_PARSE_INPUT_ASSERTION_FAILED
	38,  // CANNOT_PARSE_DATE
	41,  // CANNOT_PARSE_DATETIME
	53,  // TYPE_MISMATCH
	69,  // ARGUMENT_OUT_OF_BOUND
	70,  // CANNOT_CONVERT_TYPE
	117, // INCORRECT_DATA
	131, // TOO_LARGE_STRING_SIZE
	321, // VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
	349, // CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN
	469, // VIOLATED_CONSTRAINT
	691, // UNKNOWN_ELEMENT_OF_ENUM
}

// IsPermanent reports whether the same data would fail again: it is not to be retried but refused.
func IsPermanent(err error) bool { return errors.Is(err, programme.ErrInvalid) }

// fault gives an error of the driver the meaning that it has for those above the store.
func (db *DB) fault(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, programme.ErrInvalid), errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", doing, err)
	case permanent(err):
		return fmt.Errorf("%s: %w: %w", doing, programme.ErrInvalid, err)
	default:
		return fmt.Errorf("%s: %w: %w", doing, programme.ErrUnavailable, err)
	}
}

func permanent(err error) bool {
	if exception, found := errors.AsType[*driver.Exception](err); found {
		return slices.Contains(permanentCodes, exception.Code)
	}
	_, conversion := errors.AsType[*column.ColumnConverterError](err)
	_, value := errors.AsType[*column.Error](err)
	return conversion || value || errors.Is(err, driver.ErrBatchInvalid)
}

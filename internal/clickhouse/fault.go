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

// operatorCodes are the server's errors that pass only when somebody repairs the database: its users and their rights,
// its tables, its disk.
var operatorCodes = []int32{
	16,  // NO_SUCH_COLUMN_IN_TABLE
	60,  // UNKNOWN_TABLE
	81,  // UNKNOWN_DATABASE
	164, // READONLY
	192, // UNKNOWN_USER
	193, // WRONG_PASSWORD
	194, // REQUIRED_PASSWORD
	242, // TABLE_IS_READ_ONLY
	243, // NOT_ENOUGH_SPACE
	497, // ACCESS_DENIED
	516, // AUTHENTICATION_FAILED
}

// limitCodes are the server's errors of a query that was stopped at one of its user's limits.
var limitCodes = []int32{
	158, // TOO_MANY_ROWS
	159, // TIMEOUT_EXCEEDED
	160, // TOO_SLOW
	202, // TOO_MANY_SIMULTANEOUS_QUERIES
	241, // MEMORY_LIMIT_EXCEEDED
	307, // TOO_MANY_BYTES
	396, // TOO_MANY_ROWS_OR_BYTES
}

// IsPermanent reports whether the same data would fail again: it is not to be retried but refused.
func IsPermanent(err error) bool { return errors.Is(err, programme.ErrInvalid) }

// fault gives an error of the driver the meaning that it has for those above the store.
func (db *conn) fault(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, programme.ErrInvalid), errors.Is(err, context.Canceled):
		return fmt.Errorf("%s: %w", doing, err)
	case permanent(err):
		return fmt.Errorf("%s: %w: %w", doing, programme.ErrInvalid, err)
	case hasCode(err, operatorCodes):
		return fmt.Errorf("%s: %w: %w: %w", doing, programme.ErrUnavailable, programme.ErrOperator, err)
	case hasCode(err, limitCodes):
		return fmt.Errorf("%s: %w: %w: %w", doing, programme.ErrUnavailable, programme.ErrOverLimit, err)
	default:
		return fmt.Errorf("%s: %w: %w", doing, programme.ErrUnavailable, err)
	}
}

func permanent(err error) bool {
	if hasCode(err, permanentCodes) {
		return true
	}
	_, conversion := errors.AsType[*column.ColumnConverterError](err)
	_, value := errors.AsType[*column.Error](err)
	return conversion || value || errors.Is(err, driver.ErrBatchInvalid)
}

// hasCode reports whether the error is the server's and its code is one of these.
func hasCode(err error, codes []int32) bool {
	exception, found := errors.AsType[*driver.Exception](err)
	return found && slices.Contains(codes, exception.Code)
}

package source

import "bytes"

// unescapeCommas rewrites CSV in which some commas inside a field are written \, as in a title Pay\, then go, so that a
// CSV reader keeps the field whole: a field in quotes loses the backslash, another one is put in quotes. Lines keep
// their numbers. Everything else stays as it is, faults included.
func unescapeCommas(text []byte) []byte {
	out := make([]byte, 0, len(text)+len(text)/16)
	for len(text) > 0 {
		field := fieldEnd(text)
		out = append(out, withPlainCommas(text[:field])...)
		text = text[field:]
		if len(text) > 0 { // the comma or line end after the field
			out = append(out, text[0])
			text = text[1:]
		}
	}
	return out
}

// fieldEnd finds the comma or line end that ends the first field: none within quotes, and no comma after a backslash.
func fieldEnd(text []byte) int {
	quoted, inQuotes := text[0] == '"', false
	for i, c := range text {
		switch {
		case quoted && c == '"':
			inQuotes = !inQuotes // a doubled quote turns it twice
		case inQuotes:
		case c == '\n', c == ',' && (i == 0 || text[i-1] != '\\'):
			return i
		}
	}
	return len(text)
}

func withPlainCommas(field []byte) []byte {
	if !bytes.Contains(field, []byte(`\,`)) {
		return field
	}
	plain := bytes.ReplaceAll(field, []byte(`\,`), []byte(`,`))
	if plain[0] == '"' {
		return plain
	}
	end := len(bytes.TrimRight(plain, "\r"))
	quoted := append([]byte{'"'}, bytes.ReplaceAll(plain[:end], []byte(`"`), []byte(`""`))...)
	return append(append(quoted, '"'), plain[end:]...)
}

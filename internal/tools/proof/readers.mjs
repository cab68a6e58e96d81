// How other programs read a workbook: node readers.mjs FILE prints, by reader and sheet, how many cells hold something,
// how many of them are numbers, and their sum. exceljs opens the whole file and then streams it.
import ExcelJS from 'exceljs';
import XLSX from 'xlsx';
import { readFileSync } from 'node:fs';

const file = process.argv[2];

class Tally {
  constructor() { this.sheets = {}; }

  add(sheet, value) {
    const seen = (this.sheets[sheet] ??= { cells: 0, numbers: 0, sum: 0 });
    if (value === null || value === undefined || value === '') return;
    seen.cells += 1;
    if (typeof value !== 'number') return;
    seen.numbers += 1;
    seen.sum += value;
  }
}

// valueOf is what exceljs holds of a cell: the result of a formula, of which it drops a zero, a date as its number, a
// link's text.
function valueOf(cell) {
  const value = cell.value;
  if (value instanceof Date) return value.getTime() / 86_400_000 + 25_569;
  if (value?.formula) return value.result ?? 0;
  if (value && typeof value === 'object') return value.text ?? JSON.stringify(value);
  return value;
}

async function whole() {
  const tally = new Tally();
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  book.eachSheet((sheet) => {
    tally.add(sheet.name);
    sheet.eachRow((row) => row.eachCell((cell) => {
      if (!cell.isMerged || cell.master.address === cell.address) tally.add(sheet.name, valueOf(cell));
    }));
  });
  return tally.sheets;
}

async function streamed() {
  const tally = new Tally();
  const names = XLSX.read(readFileSync(file), { bookSheets: true }).SheetNames;
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(file, { sharedStrings: 'cache', worksheets: 'emit', styles: 'cache' });
  for await (const sheet of reader) {
    const name = names[sheet.id - 1];
    tally.add(name);
    for await (const row of sheet) row.eachCell((cell) => tally.add(name, valueOf(cell)));
  }
  return tally.sheets;
}

function inCells() {
  const tally = new Tally();
  const book = XLSX.read(readFileSync(file));
  for (const name of book.SheetNames) {
    tally.add(name);
    for (const row of XLSX.utils.sheet_to_json(book.Sheets[name], { header: 1, raw: true, defval: null })) {
      for (const value of row) tally.add(name, value);
    }
  }
  return tally.sheets;
}

console.log(JSON.stringify({ exceljs: await whole(), 'exceljs, streamed': await streamed(), SheetJS: inCells() }));

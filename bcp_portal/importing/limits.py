"""How much a file may cost, so that a hostile one cannot stop the server; imports nothing of Django."""

MAX_FILE_BYTES = 30 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_PARTS = 5_000
MAX_LINES = 30_000
MAX_COLUMNS = 300
MAX_SHEETS = 200
MAX_CELL_CHARACTERS = 32_767
MAX_MERGED = 20_000
# A sheet formatted down to its last row is read no further than this below its last value.
EMPTY_ROWS_BEFORE_END = 5_000

CPU_SECONDS = 120
WALL_SECONDS = 240
MEMORY_BYTES = 1024 * 1024 * 1024

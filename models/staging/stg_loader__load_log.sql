select
    source_table,
    file_name,
    rows_delivered,
    rows_used,
    rows_quarantined
from {{ source('raw', 'load_log') }}

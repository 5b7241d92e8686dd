-- Grain: raw table x row set aside at load. Rules: X-01, X-02.
with final as (
    select source_table, row_number, reason_code, reason, raw_record
    from {{ ref('stg_loader__quarantined_rows') }}
)

select * from final

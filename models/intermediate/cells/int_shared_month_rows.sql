-- Grain: person x measured month x group, only where the person has several groups in the month. Rules: M-05.
with shared_months as (
    select person_key, measure_month
    from {{ ref('int_cell_rows') }}
    group by person_key, measure_month
    having count(*) > 1
),

final as (
    select cell_rows.*
    from {{ ref('int_cell_rows') }} as cell_rows
    semi join shared_months
        on cell_rows.person_key = shared_months.person_key and cell_rows.measure_month = shared_months.measure_month
)

select * from final

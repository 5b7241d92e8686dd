-- Grain: municipality x measured month x group x duration interval. Rules: M-10, M-11.
-- The smallest cells, in which a person has one row.
with final as (
    select
        measure_month,
        municipality_code,
        benefit_group,
        duration_interval,
        {{ count_cell_rows() }}
    from {{ ref('int_cell_rows') }}
    group by measure_month, municipality_code, benefit_group, duration_interval
)

select * from final

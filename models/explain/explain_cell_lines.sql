-- Grain: person x measured month x group x published table x cell group x duration x columns. Rules: M-04, M-05, M-10 to M-12.
-- The cells of explain_cells, areas and columns side by side.
with area_columns as (
    select
        person_id,
        measure_month,
        benefit_group,
        table_name,
        cell_benefit_group,
        cell_duration_interval,
        area_code,
        is_counted,
        counted_group,
        string_agg(column_name, ', ' order by column_name) as column_names,
        min(area_type) as area_type
    from {{ ref('explain_cells') }}
    group by
        person_id, measure_month, benefit_group, table_name, cell_benefit_group, cell_duration_interval, area_code,
        is_counted, counted_group
),

lines as (
    select
        person_id,
        measure_month,
        benefit_group,
        table_name,
        cell_benefit_group,
        cell_duration_interval,
        is_counted,
        counted_group,
        column_names,
        string_agg(area_code, ', ' order by area_type, area_code) as area_codes
    from area_columns
    group by
        person_id, measure_month, benefit_group, table_name, cell_benefit_group, cell_duration_interval,
        is_counted, counted_group, column_names
),

final as (
    select
        lines.*,
        cast(null as date) as from_date,
        cast(null as date) as to_date,
        cast(case when lines.is_counted then 1 else 0 end as decimal(12, 2)) as amount,
        'persons' as unit,
        {{ told([
            'lines.table_name', 'lines.area_codes', named('cell_groups'), named('intervals'), 'lines.column_names',
            named('counted_groups'),
        ]) }}
    from lines
    inner join {{ ref('dim_benefit_group') }} as cell_groups on lines.cell_benefit_group = cell_groups.benefit_group
    inner join {{ ref('dim_benefit_group') }} as counted_groups on lines.counted_group = counted_groups.benefit_group
    inner join {{ ref('code_names') }} as intervals
        on intervals.code_list = 'duration_interval' and lines.cell_duration_interval = intervals.code
    left join {{ ref('explanation_sentences') }} as sentences
        on case when lines.is_counted then 'cell_counts' else 'cell_counts_other_group' end = sentences.sentence
)

select * from final

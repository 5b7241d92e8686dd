-- Grain: person x measured month x group x table x cell group x areas x columns. Rules: M-04, M-05, M-10 to M-12.
-- The cells of explain_cells, with areas, durations and columns side by side.
with cell_columns as (
    select
        person_id,
        measure_month,
        benefit_group,
        table_name,
        cell_benefit_group,
        cell_duration_interval,
        area_type,
        area_code,
        is_counted,
        counted_group,
        string_agg(column_name, ', ' order by column_name) as column_names
    from {{ ref('explain_cells') }}
    group by
        person_id, measure_month, benefit_group, table_name, cell_benefit_group, cell_duration_interval, area_type, area_code,
        is_counted, counted_group
),

cell_areas as (
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
    from cell_columns
    group by
        person_id, measure_month, benefit_group, table_name, cell_benefit_group, cell_duration_interval,
        is_counted, counted_group, column_names
),

lines as (
    select
        cell_areas.person_id,
        cell_areas.measure_month,
        cell_areas.benefit_group,
        cell_areas.table_name,
        cell_areas.cell_benefit_group,
        cell_areas.is_counted,
        cell_areas.counted_group,
        cell_areas.column_names,
        cell_areas.area_codes,
        string_agg(cell_areas.cell_duration_interval, ', ' order by cell_areas.cell_duration_interval) as duration_intervals,
        string_agg(intervals.name_da, ', ' order by cell_areas.cell_duration_interval) as durations_da,
        string_agg(intervals.name_en, ', ' order by cell_areas.cell_duration_interval) as durations_en
    from cell_areas
    inner join {{ ref('code_names') }} as intervals
        on intervals.code_list = 'duration_interval' and cell_areas.cell_duration_interval = intervals.code
    group by
        cell_areas.person_id, cell_areas.measure_month, cell_areas.benefit_group, cell_areas.table_name,
        cell_areas.cell_benefit_group, cell_areas.is_counted, cell_areas.counted_group, cell_areas.column_names,
        cell_areas.area_codes
),

final as (
    select
        lines.person_id,
        lines.measure_month,
        lines.benefit_group,
        lines.table_name,
        lines.cell_benefit_group,
        lines.duration_intervals,
        lines.area_codes,
        lines.column_names,
        lines.counted_group,
        cast(null as date) as from_date,
        cast(null as date) as to_date,
        cast(case when lines.is_counted then 1 else 0 end as decimal(12, 2)) as amount,
        'persons' as unit,
        lines.is_counted,
        {{ told([
            'lines.area_codes', named('cell_groups'), {'da': 'lines.durations_da', 'en': 'lines.durations_en'},
            'lines.column_names', named('counted_groups'),
        ]) }}
    from lines
    inner join {{ ref('dim_benefit_group') }} as cell_groups on lines.cell_benefit_group = cell_groups.benefit_group
    inner join {{ ref('dim_benefit_group') }} as counted_groups on lines.counted_group = counted_groups.benefit_group
    left join {{ ref('explanation_sentences') }} as sentences
        on
            case lines.table_name
                when 'mart_conversations_monthly' then 'conversation_cells'
                when 'mart_offers_monthly' then 'offer_cells'
                else 'early_effort_cells'
            end || case when lines.is_counted then '' else '_of_other_group' end = sentences.sentence
)

select * from final

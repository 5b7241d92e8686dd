-- Grain: person x measured month x group x cell of a published table that the group stands in. Rules: M-04, M-05, M-10 to M-12.
-- The cells of the group itself and those of all groups, with the group that counts there (M-05).
with monthly_tables as (
    select unnest(['mart_conversations_monthly', 'mart_offers_monthly']) as table_name
),

early_rows as (
    select
        *,
        duration_interval as cell_duration_interval,
        'mart_early_effort_monthly' as table_name
    from {{ with_person_id(ref('int_early_effort_rows')) }}
),

cell_rows as (
    select
        month_rows.*,
        areas.area_type,
        areas.area_code,
        duration_cells.duration_cell as cell_duration_interval,
        monthly_tables.table_name
    from {{ with_person_id(ref('int_cell_rows')) }} as month_rows
    inner join {{ ref('int_areas') }} as areas on month_rows.municipality_code = areas.municipality_code
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on month_rows.duration_interval = duration_cells.duration_interval
    cross join monthly_tables
    union all by name
    select *
    from early_rows
    where benefit_group <> 'all'
),

chosen_rows as (
    select
        month_rows.person_id,
        month_rows.measure_month,
        month_rows.area_type,
        month_rows.area_code,
        month_rows.duration_cell as cell_duration_interval,
        monthly_tables.table_name,
        month_rows.benefit_group
    from {{ with_person_id(ref('int_chosen_month_rows')) }} as month_rows
    cross join monthly_tables
    union all by name
    select early_rows.* replace (benefits.benefit as benefit_group)
    from early_rows
    inner join {{ ref('benefits') }} as benefits on early_rows.sort_order = benefits.sort_order
    where early_rows.benefit_group = 'all'
),

final as (
    select
        cell_rows.person_id,
        cell_rows.measure_month,
        cell_rows.benefit_group,
        cell_rows.table_name,
        cell_rows.area_type,
        cell_rows.area_code,
        case when cell_groups.is_total then 'all' else cell_rows.benefit_group end as cell_benefit_group,
        cell_rows.cell_duration_interval,
        coalesce(case when cell_groups.is_total then chosen_rows.benefit_group end, cell_rows.benefit_group) as counted_group,
        cell_rows.conversations,
        cell_rows.is_exempt_conversations,
        cell_rows.is_exempt_offers,
        cell_rows.has_offer,
        cell_rows.has_ordinary_hours,
        cell_rows.required_conversations
    from cell_rows
    cross join (values (false), (true)) as cell_groups (is_total)
    left join chosen_rows
        on
            cell_rows.person_id = chosen_rows.person_id
            and cell_rows.measure_month = chosen_rows.measure_month
            and cell_rows.area_type = chosen_rows.area_type
            and cell_rows.area_code = chosen_rows.area_code
            and cell_rows.cell_duration_interval = chosen_rows.cell_duration_interval
            and cell_rows.table_name = chosen_rows.table_name
)

select * from final

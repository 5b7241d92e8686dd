-- Grain: person x measured month x group x cell of a published table that the group stands in. Rules: M-04, M-05, M-10 to M-12.
-- The cells of the group itself and those of all groups, with the group that counts there (M-05).
with month_cells as (
    select
        cell_rows.*,
        areas.area_type,
        areas.area_code,
        duration_cells.duration_cell as cell_duration_interval,
        case when cell_groups.cell_group = 'all' then 'all' else cell_rows.benefit_group end as cell_benefit_group,
        coalesce(
            case when cell_groups.cell_group = 'all' then chosen.benefit_group end, cell_rows.benefit_group
        ) as counted_group
    from {{ with_person_id(ref('int_cell_rows')) }} as cell_rows
    inner join {{ ref('int_areas') }} as areas on cell_rows.municipality_code = areas.municipality_code
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on cell_rows.duration_interval = duration_cells.duration_interval
    cross join (values ('own'), ('all')) as cell_groups (cell_group)
    left join {{ with_person_id(ref('int_chosen_month_rows')) }} as chosen
        on
            cell_rows.person_id = chosen.person_id
            and cell_rows.measure_month = chosen.measure_month
            and areas.area_type = chosen.area_type
            and areas.area_code = chosen.area_code
            and duration_cells.duration_cell = chosen.duration_cell
),

monthly_cells as (
    select
        month_cells.*,
        tables.table_name
    from month_cells
    cross join (values ('mart_conversations_monthly'), ('mart_offers_monthly')) as tables (table_name)
),

early_cells as (
    select
        early_rows.person_id,
        early_rows.measure_month,
        early_rows.benefit_group,
        early_rows.area_type,
        early_rows.area_code,
        early_rows.conversations,
        early_rows.is_exempt_conversations,
        early_rows.is_exempt_offers,
        early_rows.has_offer,
        early_rows.has_ordinary_hours,
        early_rows.required_conversations,
        early_rows.duration_interval as cell_duration_interval,
        case when cell_groups.cell_group = 'all' then 'all' else early_rows.benefit_group end as cell_benefit_group,
        'mart_early_effort_monthly' as table_name,
        case when cell_groups.cell_group = 'all' then chosen_benefits.benefit else early_rows.benefit_group end as counted_group
    from {{ with_person_id(ref('int_early_effort_rows')) }} as early_rows
    cross join (values ('own'), ('all')) as cell_groups (cell_group)
    inner join {{ with_person_id(ref('int_early_effort_rows')) }} as chosen
        on
            early_rows.person_id = chosen.person_id
            and early_rows.measure_month = chosen.measure_month
            and early_rows.area_type = chosen.area_type
            and early_rows.area_code = chosen.area_code
    inner join {{ ref('benefits') }} as chosen_benefits on chosen.sort_order = chosen_benefits.sort_order
    where early_rows.benefit_group <> 'all' and chosen.benefit_group = 'all'
),

cells as (
    select * from monthly_cells
    union all by name
    select * from early_cells
),

final as (
    select
        person_id,
        measure_month,
        benefit_group,
        table_name,
        area_type,
        area_code,
        cell_benefit_group,
        cell_duration_interval,
        counted_group,
        conversations,
        is_exempt_conversations,
        is_exempt_offers,
        has_offer,
        has_ordinary_hours,
        required_conversations
    from cells
)

select * from final

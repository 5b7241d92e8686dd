-- Grain: mart x area x month or year x group x duration x measure that differs from the previous publication.
-- Rules: M-10, M-11, G-01 to G-03, V-01.
-- Only months and years that both builds measure; without a previous publication no rows.
with conversation_cells as (
    {{ differing_figures(
        'mart_conversations_monthly',
        ['area_type', 'area_code', 'measure_month', 'benefit_group', 'duration_interval'],
        'measure_month'
    ) }}
),

offer_cells as (
    {{ differing_figures(
        'mart_offers_monthly',
        ['area_type', 'area_code', 'measure_month', 'benefit_group', 'duration_interval'],
        'measure_month'
    ) }}
),

monthly_goals as (
    {{ differing_figures('mart_focus_goals_monthly', ['area_type', 'area_code', 'measure_month'], 'measure_month') }}
),

yearly_goals as (
    {{ differing_figures('mart_focus_goals_yearly', ['area_type', 'area_code', '"year"'], '"year"') }}
),

supervision as (
    {{ differing_figures('mart_supervision', ['municipality_code', '"year"'], '"year"') }}
),

figures as (
    select * from conversation_cells
    union all by name
    select * from offer_cells
    union all by name
    select *, 'all' as benefit_group, '12_plus' as duration_interval from monthly_goals
    union all by name
    select *, 'all' as benefit_group, '12_plus' as duration_interval, make_date("year", 12, 1) as measure_month
    from yearly_goals
    union all by name
    select
        * exclude (municipality_code),
        'municipality' as area_type,
        municipality_code as area_code,
        'all' as benefit_group,
        '12_plus' as duration_interval,
        make_date("year", 12, 1) as measure_month
    from supervision
),

final as (
    select
        figures.source_table,
        figures.area_type,
        figures.area_code,
        figures.measure_month,
        figures.benefit_group,
        figures.duration_interval,
        figures.figure.measure,
        figures.figure.previous_value,
        figures.figure.current_value
    from figures
    where figures.figure.previous_value is distinct from figures.figure.current_value
)

select * from final

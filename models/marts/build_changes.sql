-- Grain: mart x area x month x group x duration x measure that differs from the previous publication.
-- Rules: M-05, G-01 to G-03, V-02.
-- By how much, and how many persons moved and why. build_comparison tells what there is to compare with.
with focus_goals (measure, focus_goal) as (
    values
    ('avg_share_under_4', 'conversations'),
    ('is_conversation_goal_met', 'conversations'),
    ('avg_share_without_offer', 'offers'),
    ('is_offer_goal_met', 'offers'),
    ('months_in_window', 'either'),
    ('status', 'either')
),

figures as (
    select
        *,
        null as previous_status,
        null as current_status,
        starts_with(measure, 'persons_') as is_count
    from {{ ref('int_changed_figures') }}
    union all
    select
        'mart_supervision' as source_table,
        'municipality' as area_type,
        municipality_code as area_code,
        make_date("year", 12, 1) as measure_month,
        'all' as benefit_group,
        '12_plus' as duration_interval,
        'status' as measure,
        null as previous_value,
        null as current_value,
        previous_status,
        current_status,
        false as is_count
    from {{ ref('int_changed_states') }}
),

moved_persons as (
    select * from {{ ref('int_moved_persons') }}
    union all by name
    select
        goals_moved.area_type,
        goals_moved.area_code,
        goals_moved.measure_month,
        goals_moved.persons_moved,
        goals_moved.persons_new_data,
        focus_goals.measure,
        source_tables.source_table,
        'all' as benefit_group,
        '12_plus' as duration_interval
    from {{ ref('int_moved_goal_persons') }} as goals_moved
    inner join focus_goals on goals_moved.focus_goal = focus_goals.focus_goal
    cross join (
        values ('mart_focus_goals_monthly'), ('mart_focus_goals_yearly'), ('mart_supervision')
    ) as source_tables (source_table)
),

final as (
    select
        figures.source_table,
        figures.area_type,
        figures.area_code,
        figures.measure_month,
        figures.benefit_group,
        figures.duration_interval,
        figures.measure,
        figures.previous_value,
        figures.current_value,
        figures.previous_status,
        figures.current_status,
        figures.current_value - figures.previous_value as difference,
        case when figures.is_count and comparison.is_by_person then {{ persons('moved.persons_in') }} end as persons_moved_in,
        case when figures.is_count and comparison.is_by_person then {{ persons('moved.persons_out') }} end as persons_moved_out,
        case when comparison.is_by_person then {{ persons('moved.persons_moved') }} end as persons_moved,
        case when comparison.is_by_person then {{ persons('moved.persons_new_data') }} end as persons_new_data,
        case
            when comparison.is_by_person then {{ persons('moved.persons_moved') }} - {{ persons('moved.persons_new_data') }}
        end as persons_new_rules
    from figures
    cross join {{ ref('int_build_comparison') }} as comparison
    left join moved_persons as moved
        on
            figures.source_table = moved.source_table
            and figures.area_type = moved.area_type
            and figures.area_code = moved.area_code
            and figures.measure_month = moved.measure_month
            and figures.benefit_group = moved.benefit_group
            and figures.duration_interval = moved.duration_interval
            and figures.measure = moved.measure
)

select * from final

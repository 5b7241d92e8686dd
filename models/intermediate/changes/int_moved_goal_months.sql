-- Grain: focus goal x area x person x month in which the person's part in the monthly share differs. Rules: M-05, G-01, G-02.
-- All groups together, 12 months and over: what the averages rest on. `either` is for figures that rest on both goals.
with areas as (
    {{ areas_of('(select distinct municipality_code from ' ~ ref('int_moved_person_months') ~ ')') }}
),

chosen_states as (
    select
        moved_rows.person_key,
        moved_rows.measure_month,
        areas.area_type,
        areas.area_code,
        {% for build in ['previous', 'current'] -%}
        {% for state in ['conversation_state', 'offer_state'] -%}
        arg_max(moved_rows.{{ state }}, (moved_rows.measurement_date, -benefits.sort_order))
            filter (where moved_rows.build = '{{ build }}') as {{ build }}_{{ state }}
        {{- ',' if not (loop.last and build == 'current') }}
        {% endfor -%}
        {% endfor %}
    from {{ ref('int_moved_person_months') }} as moved_rows
    inner join {{ ref('duration_intervals') }} as intervals
        on moved_rows.duration_interval = intervals.duration_interval and intervals.clock_unit = 'days'
    inner join areas on moved_rows.municipality_code = areas.municipality_code
    inner join {{ ref('benefits') }} as benefits on moved_rows.benefit_group = benefits.benefit
    where intervals.duration_total = '12_plus'
    group by moved_rows.person_key, moved_rows.measure_month, areas.area_type, areas.area_code
),

differences as (
    select
        *,
        {{ part_in_conversation_goal('previous') }} is distinct from {{ part_in_conversation_goal('current') }} as is_moved_in_conversations,
        {{ part_in_offer_goal('previous') }} is distinct from {{ part_in_offer_goal('current') }} as is_moved_in_offers
    from chosen_states
),

final as (
    select 'conversations' as focus_goal, person_key, area_type, area_code, measure_month
    from differences
    where is_moved_in_conversations
    union all
    select 'offers' as focus_goal, person_key, area_type, area_code, measure_month
    from differences
    where is_moved_in_offers
    union all
    select 'either' as focus_goal, person_key, area_type, area_code, measure_month
    from differences
    where is_moved_in_conversations or is_moved_in_offers
)

select * from final

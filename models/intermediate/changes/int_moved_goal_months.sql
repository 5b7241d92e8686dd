-- Grain: focus goal x area x person x month in which the person's part in the monthly share differs. Rules: M-05, G-01, G-02.
-- All groups together, 12 months and over: what the averages rest on. `either` is for figures that rest on both goals.
with areas as (
    {{ areas_of('(select distinct municipality_code from ' ~ ref('int_moved_person_months') ~ ')') }}
),

rows_in_areas as (
    select
        moved_rows.build,
        moved_rows.person_key,
        moved_rows.measure_month,
        moved_rows.conversation_state,
        moved_rows.offer_state,
        areas.area_type,
        areas.area_code,
        (moved_rows.measurement_date, -benefits.sort_order) as choice
    from {{ ref('int_moved_person_months') }} as moved_rows
    inner join {{ ref('int_duration_cells') }} as duration_cells
        on moved_rows.duration_interval = duration_cells.duration_interval and duration_cells.duration_cell = '12_plus'
    inner join areas on moved_rows.municipality_code = areas.municipality_code
    inner join {{ ref('benefits') }} as benefits on moved_rows.benefit_group = benefits.benefit
),

chosen_states as (
    select
        person_key,
        measure_month,
        area_type,
        area_code,
        arg_max(conversation_state, choice) filter (where build = 'previous') as previous_conversation_state,
        arg_max(offer_state, choice) filter (where build = 'previous') as previous_offer_state,
        arg_max(conversation_state, choice) filter (where build = 'current') as current_conversation_state,
        arg_max(offer_state, choice) filter (where build = 'current') as current_offer_state
    from rows_in_areas
    group by person_key, measure_month, area_type, area_code
),

parts as (
    select
        *,
        {{ part_in_conversation_goal('previous') }} as previous_conversation_part,
        {{ part_in_conversation_goal('current') }} as current_conversation_part,
        {{ part_in_offer_goal('previous') }} as previous_offer_part,
        {{ part_in_offer_goal('current') }} as current_offer_part
    from chosen_states
),

differences as (
    select
        *,
        previous_conversation_part <> current_conversation_part as is_moved_in_conversations,
        previous_offer_part <> current_offer_part as is_moved_in_offers
    from parts
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

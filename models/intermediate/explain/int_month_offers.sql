-- Grain: person x measured month x group x offer (tilbud), or partial return to work. Rules: D-03, O-02, O-08.
-- Those with a day between the start of the spell and the end of the month: their living days in the spell, and whether
-- one of them lies in the window.
with offer_rows as (
    select person_id, offer_id, offer_type, course_id, law_paragraph, grant_frame, start_date, end_date, true as is_offer
    from ({{ known_rows(ref('stg_plan__offers')) }}) as offers
    union all by name
    select person_id, 'DELVIS_RASKMELDING' as offer_type, start_date, end_date, false as is_offer
    from ({{ known_rows(ref('stg_ksd__partial_returns')) }}) as partial_returns
),

month_offers as (
    select
        {{ month_columns('months') }},
        months.spell_key,
        months.window_start_date,
        months.measurement_date,
        months.is_7_months_plus,
        offer_rows.offer_id,
        offer_rows.offer_type,
        offer_rows.course_id,
        offer_rows.law_paragraph,
        offer_rows.grant_frame,
        offer_rows.start_date,
        offer_rows.end_date,
        offer_rows.is_offer
    from {{ ref('int_explained_months') }} as months
    inner join {{ ref('benefits') }} as benefits on months.benefit_group = benefits.benefit
    inner join offer_rows
        on
            months.person_id = offer_rows.person_id
            and months.month_end >= offer_rows.start_date
            and months.spell_start_date <= offer_rows.end_date
    where months.is_measured and (offer_rows.is_offer or benefits.counts_partial_return)
),

periods as (
    select spells.person_id, qualifying.*
    from {{ ref('int_explained_spells') }} as spells
    inner join {{ ref('int_qualifying_offer_periods') }} as qualifying on spells.spell_key = qualifying.spell_key
),

final as (
    select
        month_offers.*,
        min(periods.start_date) as first_living_day,
        max(periods.end_date) as last_living_day,
        coalesce(bool_or(
            greatest(periods.start_date, month_offers.start_date) <= month_offers.measurement_date
            and least(periods.end_date, month_offers.end_date) >= month_offers.window_start_date
        ) filter (where periods.person_id is not null), false) as is_in_window
    from month_offers
    left join periods
        on
            month_offers.person_id = periods.person_id
            and month_offers.spell_key = periods.spell_key
            and month_offers.offer_id is not distinct from periods.offer_id
            and month_offers.start_date <= periods.end_date
            and month_offers.end_date >= periods.start_date
    group by all
)

select * from final

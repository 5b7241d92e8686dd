-- Grain: person x measured month x group x offer (tilbud), or partial return to work. Rules: O-01 to O-08.
-- With a day between the start of the spell and the end of the month: whether the month counts the offer, and the rule that
-- decides: that of the decision, or of the window.
with offers as (
    select
        month_offers.*,
        decisions.verdict,
        coalesce(decisions.is_qualifying, not month_offers.is_offer) as is_qualifying,
        case
            when month_offers.is_offer and decisions.verdict is null then 'offer_outside_spell'
            when not decisions.is_qualifying then 'offer_rejected'
            when month_offers.is_in_window and decisions.needs_seven_months and not month_offers.is_7_months_plus
                then 'offer_needs_seven_months'
            when month_offers.is_in_window and month_offers.is_offer then 'offer_counts'
            when month_offers.is_in_window then 'partial_return_counts'
            when month_offers.first_living_day is null then 'offer_on_dead_days'
            when month_offers.first_living_day > month_offers.measurement_date then 'offer_after_measurement'
            when month_offers.last_living_day < month_offers.window_start_date then 'offer_before_window'
            else 'offer_on_dead_days'
        end as offer
    from {{ ref('int_month_offers') }} as month_offers
    left join {{ with_person_id(ref('int_offer_verdicts')) }} as decisions
        on
            month_offers.person_id = decisions.person_id
            and month_offers.spell_key = decisions.spell_key
            and month_offers.offer_id = decisions.offer_id
),

final as (
    select
        {{ month_columns('offers') }},
        offers.offer_id as tilbud_id,
        offers.offer_type,
        offers.course_id,
        offers.law_paragraph,
        offers.grant_frame,
        offers.verdict,
        offers.is_qualifying,
        offers.start_date as from_date,
        offers.end_date as to_date,
        cast(offers.end_date - offers.start_date + 1 as decimal(12, 2)) as amount,
        'days' as unit,
        offers.offer in ('offer_counts', 'partial_return_counts') as is_counted,
        {{ told(
            [
                named('types'), "coalesce(' ' || cast(offers.course_id as varchar), '')",
                {'da': 'verdicts.reason_da', 'en': 'verdicts.reason'},
                'offers.window_start_date', 'offers.measurement_date', 'offers.first_living_day', 'offers.last_living_day',
            ],
            decided_by_verdict="offers.offer in ('offer_counts', 'offer_rejected')"
        ) }}
    from offers
    inner join {{ ref('code_names') }} as types on types.code_list = 'offer_type' and offers.offer_type = types.code
    left join {{ rules('offer_verdicts') }} as verdicts on offers.verdict = verdicts.verdict
    left join {{ ref('explanation_sentences') }} as sentences on offers.offer = sentences.sentence
)

select * from final

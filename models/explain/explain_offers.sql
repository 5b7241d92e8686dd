-- Grain: person x measured month x group x offer (tilbud), or partial return to work. Rules: O-01 to O-08.
-- With a day between the start of the spell and the end of the month: whether the month counts the offer, and the rule that
-- decides: that of the decision, or of the window.
with periods as (
    select spells.person_id, qualifying.*
    from {{ ref('int_explained_spells') }} as spells
    inner join {{ ref('int_qualifying_offer_periods') }} as qualifying on spells.spell_key = qualifying.spell_key
),

offer_rows as (
    select
        person_id,
        offer_id,
        offer_type,
        course_id,
        law_paragraph,
        grant_frame,
        start_date,
        end_date,
        true as is_offer
    from ({{ known_rows(ref('stg_plan__offers')) }}) as offers
    union all
    select
        person_id,
        null as offer_id,
        'DELVIS_RASKMELDING' as offer_type,
        null as course_id,
        null as law_paragraph,
        null as grant_frame,
        start_date,
        end_date,
        false as is_offer
    from ({{ known_rows(ref('stg_ksd__partial_returns')) }}) as partial_returns
),

month_offers as (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        months.spell_id,
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

living_offers as (
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
),

judged_offers as (
    select
        offers.*,
        decisions.verdict,
        coalesce(decisions.is_qualifying, not offers.is_offer) as is_qualifying,
        case
            when offers.is_offer and decisions.verdict is null then 'offer_outside_spell'
            when not decisions.is_qualifying then 'offer_rejected'
            when offers.is_in_window and decisions.needs_seven_months and not offers.is_7_months_plus
                then 'offer_needs_seven_months'
            when offers.is_in_window and offers.is_offer then 'offer_counts'
            when offers.is_in_window then 'partial_return_counts'
            when offers.first_living_day is null then 'offer_on_dead_days'
            when offers.first_living_day > offers.measurement_date then 'offer_after_measurement'
            when offers.last_living_day < offers.window_start_date then 'offer_before_window'
            else 'offer_on_dead_days'
        end as offer
    from living_offers as offers
    left join {{ with_person_id(ref('int_offer_verdicts')) }} as decisions
        on
            offers.person_id = decisions.person_id
            and offers.spell_key = decisions.spell_key
            and offers.offer_id = decisions.offer_id
),

told_offers as (
    select
        offers.*,
        cast(offers.end_date - offers.start_date + 1 as decimal(12, 2)) as amount,
        'days' as unit,
        offers.offer in ('offer_counts', 'partial_return_counts') as is_counted,
        {{ told([
            named('types'), "coalesce(' ' || cast(offers.course_id as varchar), '')",
            {'da': 'verdicts.reason_da', 'en': 'verdicts.reason'},
            'offers.window_start_date', 'offers.measurement_date', 'offers.first_living_day', 'offers.last_living_day',
        ]) }},
        verdicts.rule_id as verdict_rule_id,
        concat(verdicts.source_document, ': ', verdicts.source_section) as verdict_source
    from judged_offers as offers
    inner join {{ ref('code_names') }} as types on types.code_list = 'offer_type' and offers.offer_type = types.code
    left join {{ rules('offer_verdicts') }} as verdicts on offers.verdict = verdicts.verdict
    left join {{ ref('explanation_sentences') }} as sentences on offers.offer = sentences.sentence
),

final as (
    select
        person_id,
        measure_month,
        benefit_group,
        spell_id,
        offer_id as tilbud_id,
        offer_type,
        course_id,
        law_paragraph,
        grant_frame,
        verdict,
        is_qualifying,
        start_date as from_date,
        end_date as to_date,
        amount,
        unit,
        is_counted,
        section,
        sentence_order,
        sentence,
        case when offer in ('offer_counts', 'offer_rejected') then verdict_rule_id else rule_id end as rule_id,
        case when offer in ('offer_counts', 'offer_rejected') then verdict_source else source end as source,
        text_da,
        text_en
    from told_offers
)

select * from final

-- Grain: held conversation x spell it may count in. Rules: what C-01 to C-11 ask about, each as one yes or no.
{{ config(materialized='view') }}

with final as (
    select
        candidates.conversation_id,
        candidates.spell_key,
        candidates.person_key,
        candidates.conversation_date,
        candidates.benefit_group = 'sygedagpenge' as is_sickness,
        candidates.is_admitted_type,
        coalesce(candidates.conversation_date = first_conversations.conversation_date, false) as is_first_date,
        candidates.conversation_date < candidates.spell_start_date as is_before_start,
        blackouts.blackout is not null as is_suspended,
        dead_periods.person_key is not null as is_dead_day,
        other_benefit.spell_key is not null as is_on_other_benefit,
        offers.person_key is not null as is_in_offer,
        six_months.spell_key is not null as is_after_six_months,
        trials.scheme is not null and candidates.held_by <> 'AKASSE' as is_trial_form,
        form_rules.regime,
        form_rules.permits_personal,
        form_rules.permits_in_offer,
        form_rules.permits_after_six_months,
        form_rules.permits_corona,
        form_rules.permits_first,
        form_rules.permits_later
    from {{ ref('int_conversation_candidates') }} as candidates
    left join {{ ref('int_first_conversations') }} as first_conversations on candidates.spell_key = first_conversations.spell_key
    left join {{ ref('conversation_blackouts') }} as blackouts
        on candidates.conversation_date between blackouts.start_date and blackouts.end_date
    left join {{ ref('int_absence_dead_periods') }} as dead_periods
        on
            candidates.person_key = dead_periods.person_key
            and candidates.conversation_date between dead_periods.start_date and dead_periods.end_date
    left join {{ ref('int_conversations_on_other_benefit') }} as other_benefit
        on
            candidates.spell_key = other_benefit.spell_key
            and candidates.conversation_id = other_benefit.conversation_id
    left join {{ ref('int_active_offer_periods') }} as offers
        on
            candidates.person_key = offers.person_key
            and candidates.conversation_date between offers.start_date and offers.end_date
    left join {{ ref('int_conversations_after_six_months') }} as six_months
        on
            candidates.spell_key = six_months.spell_key
            and candidates.conversation_id = six_months.conversation_id
    left join {{ rules('trial_municipalities') }} as trials
        on
            candidates.municipality_code = trials.municipality_code
            and candidates.contact_form = trials.contact_form
            and candidates.conversation_date between trials.valid_from and trials.valid_to
    inner join {{ ref('int_contact_form_rules') }} as form_rules
        on
            candidates.contact_form = form_rules.contact_form
            and candidates.conversation_date between form_rules.start_date and form_rules.end_date
)

select * from final

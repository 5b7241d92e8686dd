-- Grain: conversation x spell, held when the spell's clock stood at six months or more. Rules: C-06, T-04.
-- Only conversations in a form and at a time for which that matters are read on the clock.
with candidates as (
    select candidates.*
    from {{ ref('int_conversation_candidates') }} as candidates
    inner join {{ ref('int_contact_form_rules') }} as form_rules
        on
            candidates.contact_form = form_rules.contact_form
            and candidates.conversation_date between form_rules.start_date and form_rules.end_date
    where form_rules.permits_after_six_months and not form_rules.permits_personal
),

day_durations as (
    select
        candidates.conversation_id,
        candidates.spell_key,
        candidates.clock_unit,
        'ALL' as insurance_form,
        {{ day_duration(
            living_days_through('stretch', 'candidates.conversation_date') ~ ' - starts.units_before_spell',
            living_year_days_through('stretch', 'candidates.conversation_date') ~ ' - starts.year_days_before_spell'
        ) }} as duration_units
    from candidates
    inner join {{ ref('int_spell_clock_starts') }} as starts on candidates.spell_key = starts.spell_key
    inner join {{ ref('int_living_time') }} as stretch
        on
            candidates.person_key = stretch.person_key
            and candidates.conversation_date between stretch.start_date and stretch.end_date
    where candidates.clock_unit = 'days'
),

hour_durations as (
    select
        candidates.conversation_id,
        candidates.spell_key,
        candidates.clock_unit,
        coalesce(forms.insurance_form, 'FULDTID') as insurance_form,
        {{ hundredths_through('stretch', 'candidates.conversation_date') }} - starts.units_before_spell as duration_units
    from candidates
    inner join {{ ref('int_spell_clock_starts') }} as starts on candidates.spell_key = starts.spell_key
    left join {{ ref('int_insurance_forms') }} as forms
        on
            candidates.person_key = forms.person_key
            and candidates.conversation_date between forms.start_date and forms.end_date
    left join {{ ref('int_dagpenge_hours') }} as stretch
        on
            candidates.person_key = stretch.person_key
            and candidates.conversation_date between stretch.start_date and stretch.until_date
    where candidates.clock_unit = 'hours'
),

durations as (
    select * from day_durations
    union all
    select * from hour_durations
),

final as (
    select durations.conversation_id, durations.spell_key
    from durations
    inner join {{ ref('int_duration_thresholds') }} as thresholds
        on durations.clock_unit = thresholds.clock_unit and durations.insurance_form = thresholds.insurance_form
    where durations.duration_units >= thresholds.six_months_units
)

select * from final

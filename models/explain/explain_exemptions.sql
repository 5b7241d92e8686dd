-- Grain: person x measured month x group x question about exemption (fritagelse). Rules: E-02, E-03, E-04.
-- The exempt share of the window against each threshold in force, and days of mindre intensiv indsats (MII).
with shares as (
    select
        months.person_id,
        months.measure_month,
        months.benefit_group,
        spells.spell_id,
        months.clock_unit,
        months.window_start_date,
        months.measurement_date,
        months.exempt_units,
        months.window_units,
        months.mii_days,
        months.is_7_months_plus,
        months.is_exempt_conversations,
        months.is_exempt_offers,
        numbers.exempt_percent,
        numbers.early_exempt_percent,
        numbers.early_exempt_mii_days,
        case
            when months.window_units > 0
                then round(cast(months.exempt_units as decimal(18, 2)) * 100 / months.window_units, 1)
            else 0
        end as exempt_share_percent
    from {{ with_person_id(ref('int_person_months')) }} as months
    inner join {{ ref('int_explained_spells') }} as spells
        on months.person_id = spells.person_id and months.spell_key = spells.spell_key
    inner join {{ ref('int_months') }} as numbers on months.measure_month = numbers.measure_month
),

questions as (
    select
        shares.*,
        case question
            when 'share' then 'exempt_share'
            when 'offers' then case when is_exempt_offers then 'offers_exempt' else 'offers_not_exempt' end
            when 'early' then 'early_thresholds'
            when 'mii' then 'mii_in_window'
            else case when is_exempt_conversations then 'conversations_exempt' else 'conversations_not_exempt' end
        end as answer
    from shares
    cross join (values ('share'), ('mii'), ('early'), ('conversations'), ('offers')) as asked (question)
    where
        case question
            when 'early' then not shares.is_7_months_plus and shares.early_exempt_percent is not null
            when 'mii' then shares.mii_days > 0
            else true
        end
),

final as (
    select
        questions.* exclude (answer, exempt_share_percent),
        questions.window_start_date as from_date,
        questions.measurement_date as to_date,
        case
            when questions.answer = 'mii_in_window' then cast(questions.mii_days as decimal(12, 2))
            when questions.answer = 'exempt_share' then {{ as_amount('questions.exempt_units', 'questions.clock_unit') }}
        end as amount,
        case questions.answer when 'mii_in_window' then 'days' when 'exempt_share' then questions.clock_unit end as unit,
        case
            when questions.answer in ('offers_exempt', 'conversations_exempt') then true
            when questions.answer in ('offers_not_exempt', 'conversations_not_exempt') then false
        end as is_counted,
        {{ told([
            units_text('questions.exempt_units', 'questions.clock_unit'),
            units_text('questions.window_units', 'questions.clock_unit'),
            number_text('cast(questions.exempt_share_percent as decimal(5, 1))'),
            'questions.exempt_percent', 'questions.early_exempt_percent', 'questions.early_exempt_mii_days',
            days_text('questions.mii_days'),
        ]) }}
    from questions
    left join {{ ref('explanation_sentences') }} as sentences on questions.answer = sentences.sentence
)

select * from final

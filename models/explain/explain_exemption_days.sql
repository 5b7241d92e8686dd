-- Grain: person x measured month x group x absence (fravær) or MII period in the window. Rules: D-03, E-01, E-02, E-03.
-- The clock units an absence exempts, and absences whose code exempts nothing here; a day that two absences hold is
-- given to the one that starts first. Dead days are no exempt units.
with known_absences as ({{ known_rows(ref('stg_tass__absences')) }}),

-- Not materialized, so that a filter on a person reaches the tables behind each use.
windows as not materialized (
    select months.*
    from {{ ref('int_explained_months') }} as months
    where months.is_measured
),

exempt_pieces as (
    select
        windows.person_id,
        windows.measure_month,
        windows.benefit_group,
        windows.spell_id,
        windows.clock_unit,
        pieces.absence_code,
        pieces.absence_name_da,
        pieces.visitation_category,
        greatest(pieces.start_date, windows.window_start_date) as from_date,
        least(pieces.end_date, windows.measurement_date) as to_date,
        greatest(pieces.own_from, windows.window_start_date) as own_from,
        greatest(
            least(pieces.end_date, windows.measurement_date), greatest(pieces.own_from, windows.window_start_date) - 1
        ) as own_to
    from windows
    inner join {{ ref('int_exempt_pieces') }} as pieces
        on
            windows.person_id = pieces.person_id
            and windows.benefit_group = pieces.benefit_group
            and windows.measurement_date >= pieces.start_date
            and windows.window_start_date <= pieces.end_date
),

exempt_units as (
    select
        pieces.person_id,
        pieces.measure_month,
        pieces.benefit_group,
        pieces.spell_id,
        pieces.clock_unit,
        pieces.absence_code,
        pieces.absence_name_da,
        pieces.visitation_category,
        categories.name_da as categories_da,
        categories.name_en as categories_en,
        pieces.from_date,
        pieces.to_date,
        case pieces.clock_unit
            when 'hours'
                then
                    {{ hundredths_through('hours_at_end', 'pieces.own_to') }}
                    - {{ hundredths_through('hours_before', 'pieces.own_from - 1') }}
            else
                {{ living_days_through('days_at_end', 'pieces.own_to') }}
                - {{ living_days_through('days_before', 'pieces.own_from - 1') }}
        end as exempt_units,
        case when pieces.visitation_category = 'ALL' then 'exempt_absence' else 'exempt_absence_in_category' end as absence
    from exempt_pieces as pieces
    inner join {{ with_person_id(ref('int_living_time')) }} as days_before
        on
            pieces.person_id = days_before.person_id
            and pieces.own_from - 1 between days_before.start_date and days_before.end_date
    inner join {{ with_person_id(ref('int_living_time')) }} as days_at_end
        on
            pieces.person_id = days_at_end.person_id
            and pieces.own_to between days_at_end.start_date and days_at_end.end_date
    left join {{ with_person_id(ref('int_dagpenge_hours')) }} as hours_before
        on
            pieces.person_id = hours_before.person_id
            and pieces.own_from - 1 between hours_before.start_date and hours_before.until_date
    left join {{ with_person_id(ref('int_dagpenge_hours')) }} as hours_at_end
        on
            pieces.person_id = hours_at_end.person_id
            and pieces.own_to between hours_at_end.start_date and hours_at_end.until_date
    left join {{ ref('code_names') }} as categories
        on categories.code_list = 'visitation_category' and pieces.visitation_category = categories.code
),

listed_codes as (
    select
        codes.benefit_group,
        codes.absence_code,
        any_value(codes.absence_name_da) as absence_name_da,
        string_agg(codes.visitation_category, ', ' order by codes.visitation_category) as visitation_category,
        string_agg(categories.name_da, ', ' order by codes.visitation_category) as categories_da,
        string_agg(categories.name_en, ', ' order by codes.visitation_category) as categories_en
    from {{ rules('exemption_codes') }} as codes
    left join {{ ref('code_names') }} as categories
        on categories.code_list = 'visitation_category' and codes.visitation_category = categories.code
    group by codes.benefit_group, codes.absence_code
),

other_absences as (
    select
        windows.person_id,
        windows.measure_month,
        windows.benefit_group,
        windows.spell_id,
        windows.clock_unit,
        absences.absence_code,
        coalesce(listed_codes.absence_name_da, '') as absence_name_da,
        listed_codes.visitation_category,
        listed_codes.categories_da,
        listed_codes.categories_en,
        greatest(absences.start_date, windows.window_start_date) as from_date,
        least(absences.end_date, windows.measurement_date) as to_date,
        0 as exempt_units,
        case when listed_codes.absence_code is null then 'absence_not_listed' else 'absence_in_other_category' end as absence
    from windows
    inner join known_absences as absences
        on
            windows.person_id = absences.person_id
            and windows.measurement_date >= absences.start_date
            and windows.window_start_date <= absences.end_date
    left join {{ ref('int_exempt_pieces') }} as pieces
        on
            windows.person_id = pieces.person_id
            and windows.benefit_group = pieces.benefit_group
            and absences.absence_code = pieces.absence_code
            and absences.start_date = pieces.absence_start_date
            and windows.measurement_date >= pieces.start_date
            and windows.window_start_date <= pieces.end_date
    left join {{ ref('dead_absence_codes') }} as dead_codes on absences.absence_code = dead_codes.absence_code
    left join listed_codes
        on windows.benefit_group = listed_codes.benefit_group and absences.absence_code = listed_codes.absence_code
    where pieces.person_id is null and dead_codes.absence_code is null
),

mii_periods as (
    select
        windows.person_id,
        windows.measure_month,
        windows.benefit_group,
        windows.spell_id,
        'days' as clock_unit,
        null as absence_code,
        null as absence_name_da,
        null as visitation_category,
        null as categories_da,
        null as categories_en,
        greatest(mii.start_date, windows.window_start_date) as from_date,
        least(mii.end_date, windows.measurement_date) as to_date,
        least(mii.end_date, windows.measurement_date) - greatest(mii.start_date, windows.window_start_date) + 1 as exempt_units,
        'mii_period' as absence
    from windows
    inner join {{ with_person_id(ref('int_mii_stretches')) }} as mii
        on
            windows.person_id = mii.person_id
            and windows.measurement_date >= mii.start_date
            and windows.window_start_date <= mii.end_date
),

absences as (
    select * from exempt_units
    union all
    select * from other_absences
    union all
    select * from mii_periods
),

final as (
    select
        absences.person_id,
        absences.measure_month,
        absences.benefit_group,
        absences.spell_id,
        absences.absence_code,
        absences.visitation_category,
        absences.from_date,
        absences.to_date,
        {{ as_amount('absences.exempt_units', 'absences.clock_unit') }} as amount,
        absences.clock_unit as unit,
        absences.exempt_units > 0 as is_counted,
        {{ told([
            'absences.absence_code', 'absences.absence_name_da',
            units_text('absences.exempt_units', 'absences.clock_unit'),
            {'da': 'absences.categories_da', 'en': 'absences.categories_en'}, named('benefits'),
        ]) }}
    from absences
    inner join {{ ref('benefits') }} as benefits on absences.benefit_group = benefits.benefit
    left join {{ ref('explanation_sentences') }} as sentences on absences.absence = sentences.sentence
)

select * from final

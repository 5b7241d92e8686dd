-- Grain: person x measured month x group x absence (fravær) or MII period in the window. Rules: D-03, E-01, E-02, E-03.
-- The clock units an absence exempts, and absences whose code exempts nothing here; a day that two absences hold is
-- given to the one that starts first. Dead days are no exempt units.
with exempt_absences as (
    select
        pieces.*,
        categories.name_da as categories_da,
        categories.name_en as categories_en,
        case when pieces.visitation_category = 'ALL' then 'exempt_absence' else 'exempt_absence_in_category' end as absence
    from {{ ref('int_month_exempt_pieces') }} as pieces
    left join {{ ref('code_names') }} as categories
        on categories.code_list = 'visitation_category' and pieces.visitation_category = categories.code
),

other_absences as (
    select
        * exclude (is_listed),
        0 as exempt_units,
        case when is_listed then 'absence_in_other_category' else 'absence_not_listed' end as absence
    from {{ ref('int_month_other_absences') }}
),

mii_periods as (
    select
        {{ month_columns('months') }},
        'days' as clock_unit,
        greatest(mii.start_date, months.window_start_date) as from_date,
        least(mii.end_date, months.measurement_date) as to_date,
        least(mii.end_date, months.measurement_date) - greatest(mii.start_date, months.window_start_date) + 1 as exempt_units,
        'mii_period' as absence
    from {{ ref('int_explained_months') }} as months
    inner join {{ with_person_id(ref('int_mii_stretches')) }} as mii
        on
            months.person_id = mii.person_id
            and months.measurement_date >= mii.start_date
            and months.window_start_date <= mii.end_date
    where months.is_measured
),

absences as (
    select * from exempt_absences
    union all by name
    select * from other_absences
    union all by name
    select * from mii_periods
),

final as (
    select
        {{ month_columns('absences') }},
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

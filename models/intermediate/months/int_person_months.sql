-- Grain: person x measured month x group. Rules: M-04, C-03, C-10, E-02 to E-04, O-02, H-01, H-02.
-- The measured month with what every time line says at the two ends of its window.
with windows as (
    select
        months.*,
        coalesce(residences.municipality_code, {{ code('municipality_code', "'000'") }}) as municipality_code,
        coalesce(at_end.conversations_through, 0) - coalesce(at_start.conversations_through, 0) as conversations,
        months.units_through_end - months.units_before_window as window_units,
        coalesce(exemptions.exempt_units, 0) as exempt_units,
        coalesce(mii.mii_days, 0) as mii_days,
        coalesce(offers.end_date >= months.window_start_date, false) as has_offer,
        case when months.counts_ordinary_hours then coalesce(hours.hundredths, 0) end as ordinary_hundredths
    from {{ ref('int_measured_months') }} as months
    left join {{ ref('int_residence_stretches') }} as residences
        on
            months.person_key = residences.person_key
            and months.residence_date between residences.start_date and residences.end_date
    left join {{ ref('int_counted_conversations') }} as at_end
        on
            months.spell_key = at_end.spell_key
            and months.measurement_date between at_end.start_date and at_end.until_date
    left join {{ ref('int_counted_conversations') }} as at_start
        on
            case when months.is_12_plus then months.spell_key end = at_start.spell_key
            and months.window_start_date - 1 between at_start.start_date and at_start.until_date
    left join {{ ref('int_month_exempt_units') }} as exemptions
        on months.spell_key = exemptions.spell_key and months.measure_month = exemptions.measure_month
    left join {{ ref('int_month_mii_days') }} as mii
        on months.spell_key = mii.spell_key and months.measure_month = mii.measure_month
    left join {{ ref('int_offer_stretches') }} as offers
        on
            months.spell_key = offers.spell_key
            and months.is_7_months_plus = offers.is_7_months_plus
            and months.measurement_date between offers.start_date and offers.until_date
    left join {{ ref('int_month_ordinary_hours') }} as hours
        on months.spell_key = hours.spell_key and months.measure_month = hours.measure_month
),

final as (
    select
        windows.spell_key,
        windows.person_key,
        windows.benefit_group,
        windows.clock_unit,
        windows.measure_month,
        windows.measurement_date,
        windows.municipality_code,
        windows.duration_units,
        windows.duration_interval,
        windows.is_12_plus,
        windows.is_7_months_plus,
        windows.window_start_date,
        windows.conversations,
        windows.exempt_units,
        windows.window_units,
        windows.mii_days,
        windows.has_offer,
        windows.ordinary_hundredths,
        coalesce(windows.ordinary_hundredths >= months.ordinary_hours_limit * 100, false) as has_ordinary_hours,
        {{ exempt_share_reached('months.exempt_percent') }} as is_exempt_offers,
        {{ exempt_share_reached('months.exempt_percent') }}
        or (
            not windows.is_7_months_plus
            and (
                coalesce({{ exempt_share_reached('months.early_exempt_percent') }}, false)
                or coalesce(windows.mii_days >= months.early_exempt_mii_days, false)
            )
        ) as is_exempt_conversations
    from windows
    inner join {{ ref('int_months') }} as months on windows.measure_month = months.measure_month
)

select * from final

-- Grain: spell x qualifying offer that some month counts. Rules: O-02, O-06.
-- First and last measured month of the spell with a living day of the offer in the window.
with final as (
    select
        periods.offer_id,
        periods.spell_key,
        min(months.measure_month) as counts_from_month,
        max(months.measure_month) as counts_to_month
    from {{ ref('int_qualifying_offer_periods') }} as periods
    inner join {{ ref('int_measured_months') }} as months
        on
            periods.spell_key = months.spell_key
            and periods.start_date <= months.measurement_date
            and periods.end_date >= months.window_start_date
            and (months.is_7_months_plus or not periods.needs_seven_months)
    where periods.offer_id is not null
    group by periods.offer_id, periods.spell_key
)

select * from final

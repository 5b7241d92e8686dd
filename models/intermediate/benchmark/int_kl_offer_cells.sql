-- Grain: municipality x measured month x KL target group with member days in an active offer. Rules: K-01, K-02, B-07.
-- By residence and age on the person's last member day of the month, which lies in the group's last period that begins in
-- the month or before.
with measured_period as (
    select min(measure_month) as first_month, max(measure_month) as last_month
    from {{ ref('int_months') }}
    having count(*) > 0
),

member_periods as (
    select
        person_key,
        target_group,
        start_date,
        end_date,
        coalesce(
            lead(start_date) over (partition by person_key, target_group order by start_date) - 1, {{ forever() }}
        ) as until_date
    from {{ ref('int_kl_member_days') }}
),

offer_months as (
    select
        offers.*,
        least(periods.end_date, {{ month_end('offers.measure_month') }}) as last_member_day
    from {{ ref('int_kl_offer_months') }} as offers
    inner join measured_period
        on offers.measure_month between measured_period.first_month and measured_period.last_month
    inner join member_periods as periods
        on
            offers.person_key = periods.person_key
            and offers.target_group = periods.target_group
            and {{ month_end('offers.measure_month') }} between periods.start_date and periods.until_date
),

final as (
    select
        coalesce(residences.municipality_code, '000') as municipality_code,
        offer_months.measure_month,
        offer_months.target_group,
        count(*) filter (where offer_months.has_company_offer) as persons_with_company_offer,
        sum(offer_months.offer_days) as offer_days
    from offer_months
    inner join {{ ref('int_persons') }} as persons
        on
            offer_months.person_key = persons.person_key
            and offer_months.last_member_day between persons.measured_from and persons.measured_until
    left join {{ ref('int_residence_stretches') }} as residences
        on
            offer_months.person_key = residences.person_key
            and offer_months.last_member_day between residences.start_date and residences.end_date
    group by coalesce(residences.municipality_code, '000'), offer_months.measure_month, offer_months.target_group
)

select * from final

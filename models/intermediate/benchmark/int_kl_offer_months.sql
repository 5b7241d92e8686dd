-- Grain: person x KL target group x measured month with a member day in an active offer. Rules: K-02.
-- Member days in an active offer of any kind, and whether one lies in a company offer.
{{ config(materialized='view') }}

with known_offers as ({{ known_rows(ref('stg_plan__offers')) }}),

company_offers as (
    select known_offers.person_key, known_offers.start_date, known_offers.end_date
    from known_offers
    inner join {{ ref('kl_company_offers') }} as company_types on known_offers.offer_type = company_types.offer_type
),

company_periods as ({{ merge_intervals('company_offers', ['person_key']) }}),

offer_periods as (
    select person_key, false as is_company, start_date, end_date from {{ ref('int_active_offer_periods') }}
    union all
    select person_key, true as is_company, start_date, end_date from company_periods
),

indicator_groups as (
    select distinct target_group
    from {{ ref('kl_indicator_groups') }}
    where indicator in ('company_offer_share', 'any_offer_share')
),

member_offer_days as (
    select
        members.person_key,
        members.target_group,
        offers.is_company,
        greatest(members.start_date, offers.start_date) as start_date,
        least(members.end_date, offers.end_date) as end_date
    from offer_periods as offers
    inner join {{ ref('int_kl_member_days') }} as members
        on
            offers.person_key = members.person_key
            and offers.start_date <= members.end_date
            and offers.end_date >= members.start_date
    inner join indicator_groups on members.target_group = indicator_groups.target_group
),

offer_months as (
    select *, {{ unnest_months('start_date', 'end_date') }} as measure_month
    from member_offer_days
),

final as (
    select
        person_key,
        target_group,
        measure_month,
        cast(coalesce(
            sum(least(end_date, {{ month_end('measure_month') }}) - greatest(start_date, measure_month) + 1)
            filter (where not is_company),
            0
        ) as bigint) as offer_days,
        bool_or(is_company) as has_company_offer
    from offer_months
    group by person_key, target_group, measure_month
)

select * from final

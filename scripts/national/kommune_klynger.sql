-- Six clusters of municipalities for each target group of the benchmark report.
select
    municipality.kommunekode,
    target.target_group,
    'K' || (
        1 + floor(6 * draw('cluster ' || target.target_group, hash(municipality.kommunekode), 0, 0))
    )::integer as cluster,
from municipality
cross join
    (values ('all'), ('insured'), ('uninsured'), ('under_30'), ('combined'), ('at_risk')) as target (target_group)
order by municipality.kommunekode, target.target_group

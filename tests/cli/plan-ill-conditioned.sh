# Thirty days on a lane make bases so ill-conditioned that HiGHS's usual way gives up, or ends far from balance.
unset POTLINE_DATA
case=$CASES/../../cases/alro-azeraluminium
potline plan "$case" -q -o a.run --scenario ganja-primary --set 'lanes.shandong-alat.capacity=0.25 kt/month' --set 'units.ganja-potline.turndown=~' \
  --set 'lanes.shandong-alat.under way={anode: 0.2 kt}' --set 'lanes.alat-ganja.under way={anode: 20 t}'
potline plan "$case" -q -o b.run --scenario ganja-primary --set 'lanes.constanta-eu.time=0.1 d'

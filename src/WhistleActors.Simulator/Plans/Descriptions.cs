using WhistleActors.Contract.City;

namespace WhistleActors.Simulator.Plans;

/// <summary>What people write when they blow a whistle.</summary>
internal static class Descriptions
{
    private static readonly string[] Spots =
    [
        "小区东门外", "小区北侧围墙下", "3号楼西侧", "12号楼南侧空地", "主路与辅路交叉口", "公交站台旁", "地铁口 B 口外", "菜市场门前", "学校西墙外",
        "幼儿园门口", "老旧小区内部路", "胡同 47 号门前", "河道右岸步道", "社区服务站对面", "停车场入口", "过街天桥下", "底商门前人行道", "拆迁空地内",
    ];

    private static readonly (string Part, string[] Details)[] ByMatter =
    [
        ("塌陷", ["塌陷约两平方米、深约一米，已临时围挡，车辆绕行", "路面下沉并有继续扩大迹象，下方疑有管线"]),
        ("水管", ["自来水持续外涌，路面积水约十厘米，周边三栋楼停水", "阀门井处冒水，已影响早高峰通行"]),
        ("燃气", ["居民反映有明显燃气味，已疏散周边人员", "施工挖断燃气管，现场有泄漏声"]),
        ("热力", ["热力管道漏水冒汽，两个小区暂停供暖", "检查井冒热汽，行人绕行"]),
        ("下水", ["污水外溢至人行道，气味大，居民多次反映", "下水堵塞，一层住户返水"]),
        ("积水", ["积水约二十厘米，车辆无法通行，需强排", "桥下积水，已有两辆车熄火"]),
        ("积雪", ["背阴路段结冰，已有老人滑倒", "积雪未清，公交站台湿滑"]),
        ("线缆", ["架空线垂落，距地面不足两米", "线缆断落在便道上，权属不明"]),
        ("搭", ["擅自搭建彩钢房约三十平方米，劝阻无效", "顶层加盖一层，占用公共平台，邻居多次投诉"]),
        ("垃圾", ["堆积约三立方米，夜间有人偷倒", "桶满溢出，蚊蝇较多，清运不及时"]),
        ("渣土", ["渣土裸露未苫盖，大风天扬尘严重", "夜间偷倒建筑渣土约两车"]),
        ("广告", ["违规设置广告牌遮挡消防通道", "小广告反复张贴，清理后次日复现"]),
        ("施工", ["夜间十一点后仍在施工，居民反映强烈", "工地围挡破损，未采取降尘措施"]),
        ("扬尘", ["土方作业未湿法降尘，PM10 超标报警", "出口未冲洗车辆，带泥上路"]),
        ("游商", ["早晚高峰聚集十余个摊位，占用盲道", "城管离开后返回经营，需联合整治"]),
        ("店外", ["门店占道摆放桌椅约二十平方米", "商户堆放货物占压盲道"]),
        ("机动车", ["占用消防通道停放十余辆，急救车无法进入", "共享单车淤积，行人只能走机动车道"]),
        ("烧烤", ["露天烧烤油烟扰民至凌晨，附近居民多次投诉", "占道经营并使用明火，存在安全隐患"]),
        ("油烟", ["餐馆油烟直排，未安装净化设施", "烟道外移后直对居民窗户"]),
        ("噪", ["商业音响超时外放，分贝超标", "夜间装卸货物噪声扰民"]),
        ("井盖", ["井盖缺失，已放置警示锥桶", "井盖松动异响，车辆经过有翻起风险"]),
        ("路灯", ["连续五盏路灯不亮，夜间出行不便", "灯杆倾斜，底部锈蚀"]),
        ("树", ["行道树倾倒压住两辆车", "枯枝悬挂，行人通道有坠落风险"]),
        ("电梯", ["电梯多次困人，维保单位推诿", "停运三天，高层老人无法下楼"]),
        ("消防", ["消防通道被私装地锁占用", "消火栓无水，物业未及时维修"]),
        ("围墙", ["围墙开裂外倾，下方为学生上学路", "墙体局部坍塌，砖块散落"]),
    ];

    private static readonly string[] Generally =
    [
        "居民多次反映，街道无执法权，请相关部门现场处置", "接诉即办反复投诉点位，需联合治理", "巡查发现，责任边界不清，请主责部门牵头", "影响周边通行，请尽快到场",
    ];

    private static readonly string[] EnglishDetails =
    [
        "reported by several residents, joint action needed", "blocks the pavement, people walk in the street", "third complaint this month",
        "found on patrol, responsibility unclear", "worse since last night",
    ];

    public static string Of(MatterView matter, bool chinese, Random random)
    {
        if (!chinese)
            return $"{matter.Name.En}: {Any(EnglishDetails, random)}";
        var details = ByMatter.FirstOrDefault(entry => matter.Name.Zh.Contains(entry.Part, StringComparison.Ordinal)).Details ?? Generally;
        return $"{Any(Spots, random)}{matter.Name.Zh}：{Any(details, random)}。";
    }

    private static string Any(string[] from, Random random) => from[random.Next(from.Length)];
}

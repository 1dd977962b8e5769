using WhistleActors.Domain.Whistles;

namespace WhistleActors.Domain.Refusals;

public static partial class Refuse
{
    public static Refusal NotOnTheCase() => Forbidden("not-on-the-case",
        "仅吹哨街乡、被召集或知会的部门以及本区指挥中心的人员可以查阅和补充该哨的卷宗。", "Only the subdistrict that blew the whistle, the departments that it summoned or notified, and the district's command centre may read and add to its dossier.",
        "请由上述单位的人员操作。", "Let an officer of one of these do it.");

    public static Refusal DossierFull(int most) => Conflict("dossier-full",
        $"该哨卷宗中此类记录已达 {most} 条上限。", $"The dossier of this whistle has its {most} entries of this kind already.",
        "请在现场记录中说明其余情况。", "Tell of the rest in a note.");

    public static Refusal NotesFull(int most) => Conflict("notes-full",
        $"该哨的现场记录已达 {most} 条上限。", $"This whistle has its {most} notes already.",
        "请在反馈处置结果时一并说明。", "Tell of the rest with the outcome.");

    public static Refusal AttachmentsFull(int most) => Conflict("attachments-full",
        $"该哨的附件将超过 {most} 个上限。", $"This whistle would have more than {most} attachments.",
        "请减少附件，或合并为一个文件。", "Attach fewer, or put them into one file.");

    public static Refusal ObjectAlreadyRecorded(ComponentId id) => Conflict("object-already-recorded",
        $"部件 {id} 已在卷宗中。", $"Component {id} is in the dossier already.",
        "无需重复登记；补充情况请写入现场记录。", "There is no need to record it again; tell of it in a note.");

    public static Refusal ComponentIdMalformed(ComponentId id) => Invalid("component-id-malformed",
        $"部件标识码 {id} 不符合 16 位数字的编码规则。", $"The component id {id} is not of 16 digits.",
        "请按“区划 6 位、大类 2 位、小类 2 位、顺序 6 位”填写；其他编码请注明采用自有编码。", "Give 6 digits of division, 2 of big class, 2 of small class and 6 of sequence; for any other register say that its scheme is free.");
}
